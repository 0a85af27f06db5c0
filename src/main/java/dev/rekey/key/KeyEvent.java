package dev.rekey.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of Key Vault about one key version: a hint to look at the vault, never a reason to act
 * by itself.
 *
 * @param keyId the key version that it names; its host has a vault's form, which does not make it a
 *     vault that a cluster uses
 * @param eventId the sender's id, at most 100 plain characters; null if it had another form
 * @param eventTime when it happened, by the sender's word; null if that can't be read
 */
public record KeyEvent(
    KeyEventType type, KeyId keyId, @Nullable String eventId, @Nullable Instant eventTime)
    implements ReceivedEvent {}
