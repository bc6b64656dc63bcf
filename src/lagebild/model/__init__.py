"""What flows: frozen records, standard library only. One type is one table; rows are added, never edited."""
