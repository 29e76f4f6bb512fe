/** What EdgeLab is about. */
export const question = 'Is an API gateway just a reverse proxy with extra features, and which of the two do I need?'
