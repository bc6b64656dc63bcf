"""Timeline, map points, sentences with citations."""
