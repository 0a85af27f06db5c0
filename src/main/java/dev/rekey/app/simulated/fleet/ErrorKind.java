package dev.rekey.app.simulated.fleet;

import java.util.Locale;

/** What people do wrong, and put right within ten days. */
public enum ErrorKind {
  /** The version in a cluster's current slot is disabled by hand; then enabled again. */
  CURRENT_DISABLED,
  /** The same with the previous slot's. */
  PREVIOUS_DISABLED,
  /** The version in the current slot is left to expire; then its expiry is moved on. */
  CURRENT_EXPIRED,
  PREVIOUS_EXPIRED,
  /** The key is deleted with all its versions; then recovered from soft delete. */
  KEY_DELETED,
  /** Its vault is deleted, with every key in it; then recovered. */
  VAULT_DELETED,
  /** A cluster's identity is deleted; then another is made and given to the cluster. */
  IDENTITY_DELETED,
  /** The identity's roles on the vault are taken away; then given back. */
  RIGHTS_TAKEN,
  /** Somebody points a cluster at another version of its key, outside Rekey. */
  KEY_ID_CHANGED,
  /** The same twice within the hour: what lies under the first version can't be read any more. */
  KEY_ID_CHANGED_TWICE,
  /** Somebody points a cluster at a key that it never used; then asks for the way home. */
  KEY_ID_OF_ANOTHER_KEY,
  /** Somebody turns KMS off; then asks Rekey to turn it on again. */
  KMS_TURNED_OFF;

  /** As the log names it. */
  String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
