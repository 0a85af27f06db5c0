package dev.rekey.operation.recipe;

/** A built-in role of Azure, assigned on the vault. Its id is the same in every tenant. */
enum VaultRole {
  /** To encrypt and decrypt: what AKS does with the key. */
  CRYPTO_USER("Key Vault Crypto User", "12338af0-0e69-4776-bea7-57ae8d297424"),
  /** To make keys and set their rotation policies. */
  CRYPTO_OFFICER("Key Vault Crypto Officer", "14b46e9e-c2b7-41b4-b07b-48a6ebf60603"),
  /** To approve the private endpoint that AKS makes to the vault. */
  CONTRIBUTOR("Key Vault Contributor", "f25e0fa2-a7c8-4377-a976-54943a77a395");

  private final String title;
  private final String id;

  VaultRole(String title, String id) {
    this.title = title;
    this.id = id;
  }

  String title() {
    return title;
  }

  String id() {
    return id;
  }
}
