/** Queue triggers and queue outputs, over real storage queues. */
package dev.rekey.testbed.functionshost.queue;
