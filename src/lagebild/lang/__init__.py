"""Facts about languages as data, with thin readers."""
