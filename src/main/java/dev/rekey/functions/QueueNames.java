package dev.rekey.functions;

/** The queues and the connection that they are reached by, as the host's bindings name them. */
final class QueueNames {
  static final String KEY_EVENTS = "rekey-key-events";
  static final String OPERATIONS = "rekey-operations";
  static final String SHARDS = "rekey-shards";

  /** A prefix of settings: by identity, never a connection string. */
  static final String CONNECTION = "AzureWebJobsStorage";

  private QueueNames() {}
}
