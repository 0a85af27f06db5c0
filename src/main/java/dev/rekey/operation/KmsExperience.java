package dev.rekey.operation;

/** Which of AKS' ways to encrypt Secrets a cluster is on. */
public enum KmsExperience {
  /** KMS is off. */
  NONE,
  /** A key version of the customer's, KMS v2: the only one that Rekey changes. */
  VERSIONED_KEY,
  /** The platform-managed or versionless-key experience: observed only. */
  PLATFORM_MANAGED,
  /** Customer's key, but ARM does not show that it is KMS v2. */
  UNPROVED
}
