/**
 * Everything that a re-encryption needs dies again and again while it runs: Rekey's own process,
 * the API server, etcd, the KMS plugin, the disk. Etcd is compared with what the records claim
 * after each kill, and with the evidence at the end, Secret by Secret.
 */
package dev.rekey.endtoend.kills;
