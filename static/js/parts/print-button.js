/** Makes each button with data-print open the print dialogue. */
for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print())
}
