"""What goes from an English transcript besides what reading finds: mishearings and doubts."""
