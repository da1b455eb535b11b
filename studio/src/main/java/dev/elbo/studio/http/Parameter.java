package dev.elbo.studio.http;

/**
 * A parameter in the query of a route, for the API's document.
 *
 * @param type of JSON schema: {@code integer}, {@code number} or {@code string}
 * @param fallback what it is where it is left out; empty where it must be given or has none
 */
public record Parameter(String name, String type, String fallback, String description) {}
