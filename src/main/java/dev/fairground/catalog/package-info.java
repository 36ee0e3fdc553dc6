/**
 * What operators offer: data products and service capabilities behind one interface. Only what is
 * published is listed unless a filter asks for another status; a product is found by its id
 * whatever its status. Drafts are not here.
 */
@NullMarked
package dev.fairground.catalog;

import org.jspecify.annotations.NullMarked;
