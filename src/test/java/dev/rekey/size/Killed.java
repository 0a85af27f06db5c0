package dev.rekey.size;

/** Ends a worker in the middle, as the platform ends an instance: nothing is saved any more. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;
}
