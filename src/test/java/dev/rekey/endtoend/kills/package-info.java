/**
 * Everything that a re-encryption needs dies again and again while it runs: Rekey's own process,
 * the API server, etcd, the KMS plugin, the disk. Afterwards etcd is compared with the evidence,
 * Secret by Secret.
 */
package dev.rekey.endtoend.kills;
