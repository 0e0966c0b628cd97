import type { DemoTranslations } from './demo-words.ts'

const stepFree =
  'Entrada sin escalones desde la calle, aseo adaptado en la planta baja y dos plazas para sillas de ruedas en primera fila. Los perros de asistencia son bienvenidos. Escríbenos si necesitas una entrada gratuita de acompañante.'

export const spanish: DemoTranslations = {
  'patio-abierto': {
    name: 'Patio abierto: azulejos y cuentos',
    summary: 'Puertas abiertas entre los naranjos: pinta un azulejo, escucha un cuento y quédate lo que quieras.',
    description: [
      'Una vez por temporada, el patio de la calle Betis abre su cancela a todo el mundo. Salen las mesas largas, se enciende el horno y quien se sienta recibe un azulejo en blanco, tres pinceles y todo el azul cobalto que quiera. Los azulejos se cuecen por la noche y se recogen a partir del miércoles.',
      'A cada hora en punto, Rocío lee un cuento junto al pozo, primero en español y después en inglés. Hay sombra, agua, un rincón con alfombras para bebés y un piano que ha sobrevivido a cosas peores que tus hijos.',
      'La entrada es gratuita. Solo pedimos un tique por persona, también por las pequeñas, para que haya azulejos suficientes.',
    ],
    accessibility: stepFree,
    ticketTypes: {
      Adult: { name: 'Adulto' },
      Child: { name: 'Niño', description: 'De 3 a 12 años; los más pequeños no necesitan entrada.' },
    },
  },
  'la-casa-de-bernarda-alba': {
    name: 'La casa de Bernarda Alba',
    summary: 'La última obra de Lorca con nueve actrices, una puerta y ningún descanso.',
    description: [
      'Nueve mujeres, una pared blanca, una puerta que se abre cuatro veces. El Teatro del Umbral ha llevado su Bernarda a una plaza de toros, a un lavadero y a un aparcamiento; las Naves del Prado son la sala más grande que ha tenido, y la dejan casi vacía.',
      'En español con sobretítulos en inglés. La función dura una hora y cuarenta minutos sin descanso y no se puede entrar una vez empezada: la puerta forma parte del decorado.',
    ],
    accessibility: stepFree,
    ticketTypes: {
      Stalls: { name: 'Patio de butacas' },
      Reduced: { name: 'Reducida', description: 'Estudiantes, mayores de 65 y personas en paro.' },
    },
  },
  'adobe-and-lime': {
    name: 'Adobe y cal: levanta una tapia de jardín',
    summary: 'Dos días con las manos en barro, paja y cal viva, y una tapia como prueba.',
    description: [
      'El maestro albañil Rafael Ortega lleva cuarenta años reparando muros en el Albaicín. En dos días enseña el oficio entero en una obra pequeña: elegir la tierra, pisar la paja, moldear los adobes, apagar la cal y dar a la tapia un acabado que respira.',
      'No hace falta experiencia ni más fuerza que la de llevar un cubo lleno. Incluye el almuerzo de los dos días en el jardín, guantes y delantal. En español, con interpretación al inglés.',
    ],
    ticketTypes: {
      'Early bird': { name: 'Anticipada' },
      'Two days with lunch': { name: 'Dos días con almuerzo' },
    },
  },
}
