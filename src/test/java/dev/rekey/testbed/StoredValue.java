package dev.rekey.testbed;

/**
 * One key of etcd as it lies there.
 *
 * @param modRevision etcd's revision of the last write; the API server shows it as resourceVersion
 */
public record StoredValue(String key, byte[] value, long modRevision) {}
