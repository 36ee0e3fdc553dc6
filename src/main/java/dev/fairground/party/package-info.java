/**
 * The organizations of the market and what they are in it. An operator is an organization with the
 * role OPERATOR; names have versions, roles have days. There is no user here: who calls is another
 * matter.
 */
@NullMarked
package dev.fairground.party;

import org.jspecify.annotations.NullMarked;
