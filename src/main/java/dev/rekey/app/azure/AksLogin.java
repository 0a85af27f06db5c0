package dev.rekey.app.azure;

/**
 * How to come in at the API servers of AKS, and what to tell a person where there is no way in.
 *
 * @param certificateAllowed whether the client certificate with full rights that a cluster without
 *     Entra hands out may be used
 * @param insteadOfCertificate what a person can do where it may not, as the end of a sentence
 * @param withoutToken what a person can do where Entra gives no token, as the end of a sentence
 */
public record AksLogin(
    boolean certificateAllowed, String insteadOfCertificate, String withoutToken) {}
