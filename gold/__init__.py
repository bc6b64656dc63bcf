"""Labelled cases per stage, written for this project, and the gate that refuses figures under their floors."""
