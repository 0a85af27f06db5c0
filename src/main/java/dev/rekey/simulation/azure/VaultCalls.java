package dev.rekey.simulation.azure;

/** How often the vault was asked, refused calls included. */
public record VaultCalls(int lists, int rotations, int encrypts, int decrypts) {

  VaultCalls oneMoreList() {
    return new VaultCalls(lists + 1, rotations, encrypts, decrypts);
  }

  VaultCalls oneMoreRotation() {
    return new VaultCalls(lists, rotations + 1, encrypts, decrypts);
  }

  VaultCalls oneMoreEncrypt() {
    return new VaultCalls(lists, rotations, encrypts + 1, decrypts);
  }

  VaultCalls oneMoreDecrypt() {
    return new VaultCalls(lists, rotations, encrypts, decrypts + 1);
  }
}
