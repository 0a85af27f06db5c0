package dev.rekey.key;

/** A text that asks for nothing. The reason is all that is kept of it. */
public record IgnoredEvent(IgnoredReason reason) implements ReceivedEvent {}
