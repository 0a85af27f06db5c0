package dev.rekey.storage;

/** A service of a storage account, and the role that lets an identity use it as we do. */
enum StorageService {
  TABLES("Storage Table Data Contributor"),
  QUEUES("Storage Queue Data Contributor");

  private final String role;

  StorageService(String role) {
    this.role = role;
  }

  String role() {
    return role;
  }
}
