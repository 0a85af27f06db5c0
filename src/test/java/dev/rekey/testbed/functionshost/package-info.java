/**
 * A local stand-in for Azure Functions: runs a packaged Java app by the rules of the real host and
 * of its Java worker, over real storage queues.
 *
 * <p>{@link dev.rekey.testbed.functionshost.FunctionsHost} starts it as a process of its own, so
 * that two instances can run side by side and one can be killed in the middle of a call. {@link
 * dev.rekey.testbed.functionshost.PackagedApp} reads the packaged folder. What the real host does
 * and this one doesn't is listed at {@link dev.rekey.testbed.functionshost.FunctionsHostMain}.
 */
package dev.rekey.testbed.functionshost;
