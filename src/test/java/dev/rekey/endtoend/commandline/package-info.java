/** The packaged command line on a cluster in Azure, end to end: real processes and API servers. */
package dev.rekey.endtoend.commandline;
