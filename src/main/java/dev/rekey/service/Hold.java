package dev.rekey.service;

import org.jspecify.annotations.Nullable;

/**
 * Why a rotation that is due doesn't begin by itself.
 *
 * @param reason a stable token
 * @param detail who or what it is about, for people; null where the reason says all
 */
public record Hold(String reason, @Nullable String detail) {}
