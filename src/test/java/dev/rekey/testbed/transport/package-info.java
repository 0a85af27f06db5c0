/** Leads the requests of Azure's clients to services on this machine. */
package dev.rekey.testbed.transport;
