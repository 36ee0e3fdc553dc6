/** GraphQL over HTTP: routes, negotiation, byte limits, admission, health, shutdown. */
@NullMarked
package dev.fairground.http;

import org.jspecify.annotations.NullMarked;
