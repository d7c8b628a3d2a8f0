/** The extension {@code health_check}: tells over HTTP whether the service is ready. */
@org.jspecify.annotations.NullMarked
package dev.sluice.extensions.healthcheck;
