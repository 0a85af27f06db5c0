/** Azure Storage's queues and tables on this machine. */
package dev.rekey.testbed.azurite;
