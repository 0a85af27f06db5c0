package dev.rekey.functions;

import dev.rekey.storage.StorageQueues;

/** The queues and the connection that they are reached by, as the host's bindings name them. */
final class QueueNames {
  static final String KEY_EVENTS = StorageQueues.KEY_EVENTS;
  static final String OPERATIONS = StorageQueues.OPERATIONS;
  static final String SHARDS = StorageQueues.SHARDS;

  /** A prefix of settings: by identity, never a connection string. */
  static final String CONNECTION = "AzureWebJobsStorage";

  private QueueNames() {}
}
