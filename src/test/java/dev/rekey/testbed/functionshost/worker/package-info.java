/**
 * What the Java worker does for a call: loads the app's classes apart from the host's, makes the
 * function's instance, binds its parameters, runs it.
 */
package dev.rekey.testbed.functionshost.worker;
