package dev.rekey.simulation.cluster.admission;

/** What may happen to an update on its way. It happens to stale and current Secrets alike. */
public sealed interface Obstacle {

  /** A validating admission policy denies it (422). */
  record DeniedByPolicy(String policy) implements Obstacle {}

  /** A webhook denies it (403). */
  record DeniedByWebhook(String webhook) implements Obstacle {}

  /** A webhook that must answer doesn't (500). */
  record WebhookDown(String webhook) implements Obstacle {}

  /** A webhook alters the object each time, so that its resourceVersion moves on every look. */
  record Altered() implements Obstacle {}

  /** The stored object breaks a rule that today's validation knows (422). */
  record Invalid() implements Obstacle {}

  /** The identity may not patch it (403); answered before anything is read. */
  record Forbidden() implements Obstacle {}
}
