/**
 * AKS clusters behind Azure Resource Manager. Clusters are found with Azure's typed client, and
 * read and changed as JSON: a body that goes through the typed model loses every member that the
 * model doesn't know. No text of ARM's leaves this room but names that match a strict pattern.
 */
@NullMarked
package dev.rekey.aks;

import org.jspecify.annotations.NullMarked;
