package dev.rekey.simulation.azure;

/** The caller gets no answer: the request got lost, or the reply did. */
public final class LostCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostCall() {
    super("no answer");
  }
}
