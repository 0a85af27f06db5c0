package dev.rekey.operation.recipe;

/**
 * Something wanted of a new cluster that Azure would refuse, or that would end badly.
 *
 * @param part what it is about, such as {@code resource-group}
 * @param given what was asked for
 * @param expected the form that can be used, for people
 */
public record Problem(String part, String given, String expected) {}
