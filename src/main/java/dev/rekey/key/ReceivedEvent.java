package dev.rekey.key;

/** What a text that may be a key event turned out to be. */
public sealed interface ReceivedEvent permits KeyEvent, IgnoredEvent {}
