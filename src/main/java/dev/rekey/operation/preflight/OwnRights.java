package dev.rekey.operation.preflight;

import java.util.List;

/**
 * What Rekey itself may do on one resource, as ARM tells it to whoever asks.
 *
 * @param scope the resource's ARM id
 */
public record OwnRights(String scope, Reading<List<Permission>> permissions) {}
