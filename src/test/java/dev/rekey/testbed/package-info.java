/**
 * A real cluster on one machine: etcd, kube-apiserver and a KMS v2 plugin that behaves like
 * Azure's.
 *
 * <p>{@link dev.rekey.testbed.Testbed} starts it, {@link dev.rekey.testbed.Seed} fills it, {@link
 * dev.rekey.testbed.Etcd} is the oracle: what lies in etcd under which key is read there, never
 * asked of the code under test.
 */
package dev.rekey.testbed;
