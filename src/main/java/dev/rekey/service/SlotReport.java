package dev.rekey.service;

import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.PreviousSlot;
import org.jspecify.annotations.Nullable;

/**
 * What is in one of a cluster's two slots.
 *
 * @param slot {@code current} or {@code previous}
 * @param version null if it is empty, or nobody knows
 * @param blank why no version is named; null if one is
 * @param standing whether the version can be used, and until when; null if none is named, or the
 *     vault could not be asked
 */
public record SlotReport(
    String slot,
    @Nullable KeyId version,
    PreviousSlot.@Nullable Knowledge blank,
    @Nullable KeptKey standing) {}
