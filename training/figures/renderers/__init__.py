"""Other programs that draw figures element by element: cairo, matplotlib, LibreOffice for training; JFreeChart and librsvg for the development set."""
