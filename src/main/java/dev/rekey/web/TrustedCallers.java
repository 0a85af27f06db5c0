package dev.rekey.web;

import org.jspecify.annotations.Nullable;

/**
 * Whose word about a caller is believed.
 *
 * @param platformAuthenticates whether the platform's authentication is on: without it anyone may
 *     send its headers
 * @param audience whom tokens must be meant for; null if it isn't set
 * @param issuer who must have issued them; null if it isn't set
 */
public record TrustedCallers(
    boolean platformAuthenticates, @Nullable String audience, @Nullable String issuer) {}
