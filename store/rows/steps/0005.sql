-- What facilitators changed since release (1) is found without reading all that was released.
CREATE INDEX item_changed ON item (gathering, version) WHERE version > 1;
