/** Large clusters: 100,000 Secrets in 1,000 namespaces, one of them with 20,000. */
package dev.rekey.size;
