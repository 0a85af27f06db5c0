/**
 * The whole way on real parts: real API servers and etcd, the real adapter, and a simulated Azure
 * whose control plane drives them. What is claimed is compared with raw etcd.
 */
package dev.rekey.endtoend;
