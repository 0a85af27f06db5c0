package dev.rekey.benchmark;

import java.time.Instant;

/**
 * What was seen of processes at one moment.
 *
 * @param serverCpu seconds that the API server has used since its start
 * @param clientCpu seconds that the client's processes have used since their starts
 * @param clientPeak the most bytes that the client's processes were seen to hold so far, together
 */
record Sample(Instant at, double serverCpu, double clientCpu, long clientPeak) {}
