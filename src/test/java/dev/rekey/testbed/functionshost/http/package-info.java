/** The host's HTTP side: HTTP functions, event deliveries, admin runs. */
package dev.rekey.testbed.functionshost.http;
