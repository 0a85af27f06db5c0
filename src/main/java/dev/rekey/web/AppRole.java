package dev.rekey.web;

/** What a principal may do, as Entra assigns it. */
enum AppRole {
  OPERATOR("Rekey.Operator"),
  APPROVER("Rekey.Approver");

  private final String token;

  AppRole(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
