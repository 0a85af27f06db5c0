package dev.rekey.simulation.azure.http;

/** One of Azure's services, behind one host or many. */
@FunctionalInterface
public interface AzureService {

  AzureAnswer answer(AzureRequest request);
}
