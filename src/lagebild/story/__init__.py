"""Stories, dates of documents and phrases, events."""
