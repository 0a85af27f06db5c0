package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.Opened;
import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.etcd.StoredSecret;

/** Reads a stored value with the configuration that is in force, and counts that. */
@FunctionalInterface
interface Decryption {

  Opened open(StoredSecret stored) throws TransformFailure;
}
