/** The packaged function app, end to end: real clients, Azurite, real API servers. */
package dev.rekey.endtoend.functions;
