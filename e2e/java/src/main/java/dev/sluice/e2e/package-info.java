/** Programs that end-to-end tests run. */
@org.jspecify.annotations.NullMarked
package dev.sluice.e2e;
