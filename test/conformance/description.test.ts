import { textFieldSuite } from './text-field-suite.ts';

// Row "Description": supplementary information about the listener, at most 255 characters.
textFieldSuite({ field: 'description', refusedTexts: [] });
