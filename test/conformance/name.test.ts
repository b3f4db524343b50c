import { textFieldSuite } from './text-field-suite.ts';

// Row "Name": specifies the listener name, 0 to 255 characters.
textFieldSuite({ field: 'name', refusedTexts: ['a\u0000b', 'line\nbreak', '<script>', 'a > b'] });
