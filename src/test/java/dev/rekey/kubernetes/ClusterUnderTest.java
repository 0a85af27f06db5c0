package dev.rekey.kubernetes;

import dev.rekey.service.port.ApiServers;
import java.time.Instant;

/**
 * One API server over thirty Secrets in {@code team-00} to {@code team-02}, which were written with
 * {@link ApiServersContract#KEY_1}; it writes with the second key and reads both. Real or
 * simulated, and what a test does to it.
 */
interface ClusterUnderTest extends AutoCloseable {
  int SECRETS = 30;

  ApiServers servers();

  /** By the clock that {@code take} waits on. */
  Instant now();

  /** How many of the Secrets the store holds under a key. */
  long under(String keyUrl);

  /** Somebody else creates one of the Secrets of {@code team-00}. */
  void create(String name);

  /** Somebody else deletes one. */
  void delete(String namespace, String name);

  /** A policy denies every update. */
  void deny(String namespace);

  /** A webhook for every update is down. */
  void breakWebhook(String namespace);

  /** The store forgets the states that lists in progress show. */
  void compact();

  /** Kills the API server: what is in flight gets no answer. */
  void kill();

  /**
   * Starts it again and returns when it answers; with these keys, which need not be those that the
   * Secrets lie under.
   */
  void start(String current, String previous);

  @Override
  void close();
}
